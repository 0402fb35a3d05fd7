/**
 * Windows as lanes over a run: when each was there, how full it was, what failed in it, in a number
 * of equal parts that does not grow with the recording.
 */
@NullMarked
package io.tcescope.queries.timeline;

import org.jspecify.annotations.NullMarked;
