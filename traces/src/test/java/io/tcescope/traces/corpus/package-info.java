@NullMarked
package io.tcescope.traces.corpus;

import org.jspecify.annotations.NullMarked;
