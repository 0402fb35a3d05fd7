/**
 * trace-cmd's binary {@code trace.dat}, versions 6 and 7: the kernel's ring buffers as they were,
 * with the formats of their records ({@code trace-cmd.dat.v6(5)}, {@code trace-cmd.dat.v7(5)}).
 */
@NullMarked
package io.tcescope.traces.tracedat;

import org.jspecify.annotations.NullMarked;
