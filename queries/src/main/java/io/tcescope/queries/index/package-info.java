/**
 * A case: the Lucene index of one or more recordings in a directory, and searches in it. Lucene
 * finds blocks of events that may match; the exact answer comes from reading these blocks again.
 */
@NullMarked
package io.tcescope.queries.index;

import org.jspecify.annotations.NullMarked;
