@NullMarked
package io.tcescope.traces.dmesg;

import org.jspecify.annotations.NullMarked;
