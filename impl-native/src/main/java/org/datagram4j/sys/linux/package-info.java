/**
 * The Linux part of the native backend: epoll, eventfd, recvmmsg and sendmmsg, segmentation by the kernel.
 *
 * <ul>
 *   <li>{@code LinuxSystem}, {@code LinuxDatagrams} and {@code LinuxPoll} supply what {@code org.datagram4j.sys} asks for.
 *   <li>Layouts and constants stand next to their C declarations: {@code MessageLayout}, {@code AddressLayout},
 *       {@code GroupLayout}, {@code EpollLayout}, {@code SocketConstants}, {@code Errno}. They are those of the 64-bit
 *       little-endian systems x86-64 and aarch64, and a test compares them with the C headers.
 *   <li>{@code ControlWriter} and {@code ControlReader} encode and decode control messages. {@code SettingTable} maps
 *       settings to options, {@code SocketOptions} gets and sets them, {@code ErrorQueue} drains errors. {@code Probe} finds out what this kernel can do. {@code Memory} is what the kernel sees.
 * </ul>
 */
package org.datagram4j.sys.linux;
