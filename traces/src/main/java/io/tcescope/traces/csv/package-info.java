/** The neutral CSV recording: one row, one call with all its arguments. */
@NullMarked
package io.tcescope.traces.csv;

import org.jspecify.annotations.NullMarked;
