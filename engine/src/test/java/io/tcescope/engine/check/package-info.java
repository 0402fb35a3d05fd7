/** Tests of the built-in checks: scenarios written out step by step, and each check by itself. */
@NullMarked
package io.tcescope.engine.check;

import org.jspecify.annotations.NullMarked;
