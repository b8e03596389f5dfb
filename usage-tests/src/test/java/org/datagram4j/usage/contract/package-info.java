/**
 * Guards the packages that others compile against: what they export is compared with what was reviewed, by bnd, which
 * tells what a change means for those who call or implement a type.
 */
package org.datagram4j.usage.contract;
