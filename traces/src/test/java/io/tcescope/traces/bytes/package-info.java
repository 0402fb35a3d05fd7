@NullMarked
package io.tcescope.traces.bytes;

import org.jspecify.annotations.NullMarked;
