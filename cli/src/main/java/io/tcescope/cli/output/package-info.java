/** How results look: JSON for programs, tables and colours for people, progress on a terminal. */
@NullMarked
package io.tcescope.cli.output;

import org.jspecify.annotations.NullMarked;
