package org.datagram4j.sys.linkage;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.SymbolProvider;
import java.util.Map;

/** Messages by JNA. Bound by name as all others, which allocates nothing; the addresses are what we are told. */
final class JnaWindowsMessages implements WindowsMessages {
    /** The functions under their C names. */
    private static final class Messages {
        private Messages() {}

        static native int WSARecvMsg(long socket, long message, long received, long overlapped, long completion);

        static native int WSASendMsg(long socket, long message, int flags, long sent, long overlapped, long completion);
    }

    private static final JnaBinding BINDING = new JnaBinding(Messages.class);

    /** Both addresses are the same in a process, whoever asks for them. */
    JnaWindowsMessages(long receive, long send) {
        SymbolProvider addresses = (library, name, others) -> name.equals("WSARecvMsg") ? receive : send;
        BINDING.use(() -> NativeLibrary.getInstance("ws2_32", Map.of(Library.OPTION_SYMBOL_PROVIDER, addresses)));
    }

    void close() {
        BINDING.leave();
    }

    private static int result(int result) {
        return result == -1 ? -Native.getLastError() : result;
    }

    @Override
    public int receive(long socket, long message, long received, long overlapped, long completion) {
        return result(Messages.WSARecvMsg(socket, message, received, overlapped, completion));
    }

    @Override
    public int send(long socket, long message, int flags, long sent, long overlapped, long completion) {
        return result(Messages.WSASendMsg(socket, message, flags, sent, overlapped, completion));
    }
}
