@NullMarked
package io.tcescope.traces.simpletrace;

import org.jspecify.annotations.NullMarked;
