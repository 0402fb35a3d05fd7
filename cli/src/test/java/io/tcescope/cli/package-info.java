/** The commands as their users see them. */
@NullMarked
package io.tcescope.cli;

import org.jspecify.annotations.NullMarked;
