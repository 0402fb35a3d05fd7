/**
 * What the hypervisor's tables hold: windows, their entries and how well each is known, changed by
 * one event at a time.
 */
@NullMarked
package io.tcescope.engine.state;

import org.jspecify.annotations.NullMarked;
