/** QEMU's text trace log, of every version: one line, one event. */
@NullMarked
package io.tcescope.traces.qemulog;

import org.jspecify.annotations.NullMarked;
