@NullMarked
package io.tcescope.queries;

import org.jspecify.annotations.NullMarked;
