/** QEMU's side of a recording: writers that are the inverse of the readers. */
@NullMarked
package io.tcescope.traces.recorder;

import org.jspecify.annotations.NullMarked;
