@NullMarked
package io.tcescope.traces.custom;

import org.jspecify.annotations.NullMarked;
