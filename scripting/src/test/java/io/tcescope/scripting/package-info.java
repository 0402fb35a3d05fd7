/** Tests of rules and scripts. */
@NullMarked
package io.tcescope.scripting;

import org.jspecify.annotations.NullMarked;
