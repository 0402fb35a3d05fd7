/** Any input as one piece of memory: a file is mapped, a compressed file or a pipe unpacked. */
@NullMarked
package io.tcescope.traces.bytes;

import org.jspecify.annotations.NullMarked;
