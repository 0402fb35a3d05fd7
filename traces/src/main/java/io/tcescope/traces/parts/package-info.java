/**
 * Several files that one recorder wrote of one run: rotated logs, a log for each thread, two copies
 * of a kernel's messages. Their time stamps say in which order they are one recording.
 */
@NullMarked
package io.tcescope.traces.parts;

import org.jspecify.annotations.NullMarked;
