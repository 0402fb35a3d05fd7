/**
 * Rules and scripts in JavaScript over a replayed recording. They run in a sandbox without host,
 * network, clock or randomness, see 64-bit quantities as bigint, and can change nothing.
 */
@NullMarked
package io.tcescope.scripting;

import org.jspecify.annotations.NullMarked;
