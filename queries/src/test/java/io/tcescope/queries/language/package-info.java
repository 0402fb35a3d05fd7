@NullMarked
package io.tcescope.queries.language;

import org.jspecify.annotations.NullMarked;
