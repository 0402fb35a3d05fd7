@NullMarked
package io.tcescope.traces.csv;

import org.jspecify.annotations.NullMarked;
