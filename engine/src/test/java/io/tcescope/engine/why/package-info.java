@NullMarked
package io.tcescope.engine.why;

import org.jspecify.annotations.NullMarked;
