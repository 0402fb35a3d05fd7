/** Two runs side by side: where their stories part, and what only one of them shows. */
@NullMarked
package io.tcescope.cli.compare;

import org.jspecify.annotations.NullMarked;
