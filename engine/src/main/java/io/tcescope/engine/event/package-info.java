/**
 * The vocabulary of recordings: what a hypervisor call, a window operation or a log line is, and
 * the ports through which readers hand them over. Nothing here knows a file format or a table's
 * state.
 */
@NullMarked
package io.tcescope.engine.event;

import org.jspecify.annotations.NullMarked;
