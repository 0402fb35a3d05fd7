/** Reading all that a command line names, on all cores and in order, and what became of it. */
@NullMarked
package io.tcescope.cli.sweep;

import org.jspecify.annotations.NullMarked;
