/**
 * Guest kernel message logs: the guest's own account of window operations, failed calls and
 * allocations, EEH and hot-plug. Every line is a record; the ones that tell of an operation carry
 * its fields, all others are log text.
 */
@NullMarked
package io.tcescope.traces.dmesg;

import org.jspecify.annotations.NullMarked;
