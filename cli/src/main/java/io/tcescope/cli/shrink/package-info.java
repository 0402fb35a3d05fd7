/** From a recording that shows something to the shortest that still does. */
@NullMarked
package io.tcescope.cli.shrink;

import org.jspecify.annotations.NullMarked;
