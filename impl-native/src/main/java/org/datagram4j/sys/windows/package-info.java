/**
 * Windows: Winsock, and waiting by polls of AFD, the driver behind Winsock, on an I/O completion port.
 *
 * <ul>
 *   <li>{@code WindowsSystem} is the system: sockets, and {@code SocketOptions} with {@code SettingTable} their settings.
 *   <li>{@code WindowsDatagrams} is memory for datagrams, one call for each; {@code ControlReader} and
 *       {@code ControlWriter} know control messages.
 *   <li>{@code WindowsPoll} waits, with a {@code Watch} for each socket and an {@code AfdHelper} for some of them.
 *   <li>{@code Probe} finds out what works; {@code WsaError} knows error codes.
 *   <li>{@code SocketConstants} and what ends in {@code Layout} mirror C declarations, which stand beside them.
 * </ul>
 *
 * <p>Depends on the contract and the linkage.
 */
package org.datagram4j.sys.windows;
