/**
 * Looks at the pages that the kit writes, in the browser of a reader: what is shown, what the search and the filters find,
 * whether it can be read in light and dark and in any window. The runs are made of the kit's own types, as a run would.
 */
package org.datagram4j.usage.browser;
