/**
 * What can go wrong, and how a replay shows it: the built-in checks, their findings with evidence,
 * and the runner that asks only those whom an event concerns.
 */
@NullMarked
package io.tcescope.engine.check;

import org.jspecify.annotations.NullMarked;
