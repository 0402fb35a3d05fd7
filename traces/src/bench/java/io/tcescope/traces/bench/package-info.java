/** Benchmarks of the readers; run by the profile {@code bench} only. */
@NullMarked
package io.tcescope.traces.bench;

import org.jspecify.annotations.NullMarked;
