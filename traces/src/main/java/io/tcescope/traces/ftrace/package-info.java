/**
 * Text of the Linux kernel tracer: {@code trace} and {@code trace_pipe} of tracefs, {@code
 * trace-cmd report} and {@code perf script}, of a guest or of a host's KVM.
 */
@NullMarked
package io.tcescope.traces.ftrace;

import org.jspecify.annotations.NullMarked;
