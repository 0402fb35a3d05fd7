/**
 * Recordings in, events out. {@link io.tcescope.traces.Traces} opens any supported recording; each
 * format has a package of its own.
 */
@NullMarked
package io.tcescope.traces;

import org.jspecify.annotations.NullMarked;
