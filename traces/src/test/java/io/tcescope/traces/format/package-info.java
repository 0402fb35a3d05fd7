/** Tests of what all formats share. */
@NullMarked
package io.tcescope.traces.format;

import org.jspecify.annotations.NullMarked;
