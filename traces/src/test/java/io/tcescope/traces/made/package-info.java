/** Recordings made by tests: writers of what the readers read, and sources of events. */
@NullMarked
package io.tcescope.traces.made;

import org.jspecify.annotations.NullMarked;
