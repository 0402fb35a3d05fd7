/**
 * Several recordings of one run on one timeline. What two recordings both tell is found by what the
 * calls say, the clocks are set by it, and every operation is told once: by the recording nearest
 * to the tables, with the others as witnesses that fill in what it lacks.
 */
@NullMarked
package io.tcescope.traces.fusion;

import org.jspecify.annotations.NullMarked;
