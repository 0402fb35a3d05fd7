@NullMarked
package io.tcescope.traces.fusion;

import org.jspecify.annotations.NullMarked;
