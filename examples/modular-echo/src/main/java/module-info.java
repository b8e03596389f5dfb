/** An echo server: it needs the API alone, and serves with whatever backend is there when it starts. */
module com.example.echo {
    requires org.datagram4j;
}
