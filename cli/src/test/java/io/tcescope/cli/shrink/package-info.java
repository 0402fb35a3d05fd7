/** Tests of the way to the shortest recording. */
@NullMarked
package io.tcescope.cli.shrink;

import org.jspecify.annotations.NullMarked;
