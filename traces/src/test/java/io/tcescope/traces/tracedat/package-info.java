@NullMarked
package io.tcescope.traces.tracedat;

import org.jspecify.annotations.NullMarked;
