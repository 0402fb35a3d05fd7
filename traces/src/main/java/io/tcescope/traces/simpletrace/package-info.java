/** QEMU's binary trace ("simpletrace"), versions 2 to 4: one record, one event. */
@NullMarked
package io.tcescope.traces.simpletrace;

import org.jspecify.annotations.NullMarked;
