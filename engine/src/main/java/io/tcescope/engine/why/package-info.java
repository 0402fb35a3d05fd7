/**
 * From the symptom to the cause: what a crash looked like, which event decided it, and what a
 * recording cannot tell.
 */
@NullMarked
package io.tcescope.engine.why;

import org.jspecify.annotations.NullMarked;
