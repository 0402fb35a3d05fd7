@NullMarked
package io.tcescope.traces.qemulog;

import org.jspecify.annotations.NullMarked;
