@NullMarked
package io.tcescope.traces.guest;

import org.jspecify.annotations.NullMarked;
