@NullMarked
package io.tcescope.traces;

import org.jspecify.annotations.NullMarked;
