/// What runs as the unprivileged user that owns a cluster. `$bin` is the folder of the server's programs.
enum PostgresClusterScripts {
    /// Makes a folder and prints it.
    static let makeHome = "printf %s $(mktemp -d /tmp/pgtest.XXXXXX)"

    /// Makes a cluster. Arguments: the folder, the configuration, the password or nothing, `host` or `hostssl`.
    static let prepare = """
        home=$1
        {
            "$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
            printf '%s\\n' "$2" "unix_socket_directories = '$home'" >>"$home/data/postgresql.conf"
            method=trust
            if [ -n "$3" ]; then
                method=scram-sha-256
                printf "ALTER ROLE postgres PASSWORD '%s';\\n" "$3" |
                    "$bin/postgres" --single -D "$home/data" postgres
            fi
            printf '%s\\n' "local all all trust" "$4 all all 127.0.0.1/32 $method" >"$home/data/pg_hba.conf"
            if [ "$4" = hostssl ]; then
                openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost \\
                    -out "$home/data/server.crt" -keyout "$home/data/server.key"
                chmod 600 "$home/data/server.key"
            fi
        } >"$home/log" 2>&1 || { cat "$home/log"; exit 1; }
        """

    /// Ends the server and its data when standard input ends. Argument: the folder.
    static let keep = """
        trap '' INT TERM HUP
        cat >/dev/null
        "$bin/pg_ctl" stop -w -m immediate -D "$1/data" >/dev/null 2>&1
        # Once more, for what was being written meanwhile.
        rm -rf "$1" || { sleep 1; rm -rf "$1"; }
        """

    /// Starts the server and returns once it takes connections. Argument: the folder.
    static let start = """
        "$bin/pg_ctl" start -w -t 600 -l "$1/log" -D "$1/data" >/dev/null 2>&1 || { cat "$1/log"; exit 1; }
        """

    /// Stops the server and keeps its data. Arguments: the folder, the mode.
    static let stop = """
        "$bin/pg_ctl" stop -w -m "$2" -D "$1/data"
        """
}
