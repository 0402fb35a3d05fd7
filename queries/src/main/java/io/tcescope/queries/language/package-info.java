/**
 * The query language: what may be asked of a timeline, its text form, and what a query means for
 * one event. Nothing here knows an index.
 */
@NullMarked
package io.tcescope.queries.language;

import org.jspecify.annotations.NullMarked;
