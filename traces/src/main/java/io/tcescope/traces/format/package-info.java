/** The port that a recording format implements, and what all formats share. */
@NullMarked
package io.tcescope.traces.format;

import org.jspecify.annotations.NullMarked;
