@NullMarked
package io.tcescope.queries.index;

import org.jspecify.annotations.NullMarked;
