@NullMarked
package io.tcescope.traces.ftrace;

import org.jspecify.annotations.NullMarked;
