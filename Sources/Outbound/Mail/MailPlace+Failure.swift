import Engine
import Foundation
import NIOCore
import NIOSSL

extension MailPlace {
    /// A failure that names this server.
    func failure(
        _ kind: PortFailure.Kind, _ what: String, hint: String = "", isRetryable: Bool = false
    ) -> PortFailure {
        PortFailure(kind, "the mail over \(shown) failed: \(what)", hint: hint, isRetryable: isRetryable)
    }

    /// The failure that a reply means; what the server may take later is retryable.
    func failure(_ reply: SMTPReply, to command: String, hint: String = "") -> PortFailure {
        let what = "it answered \(reply.words(hiding: hidden)) to \(command)"
        if reply.isTransient { return failure(.unreachable, what, isRetryable: true) }
        switch reply.code {
        case 530:
            return failure(.permission, what, hint: "Declare `user` and `password` if it wants them.")
        case 534, 535, 538: return failure(.permission, what, hint: hint)
        case _: return failure(.refused, what, hint: hint)
        }
    }

    /// The failure that an error of the connection means.
    ///
    /// - Parameter doing: What was waited for, as in `no answer to DATA`.
    func failure(_ error: any Error, doing: String, hint: String = "") -> PortFailure {
        switch error {
        case let error as PortFailure: error
        case is CancellationError: failure(.cancelled, "it was cancelled")
        case let error as SMTPPatience.Exhausted:
            failure(.timeout, "no \(doing) within \(error.allowed)", hint: hint, isRetryable: true)
        case is SMTPReplyHandler.Closed, NIOSSLError.uncleanShutdown, ChannelError.ioOnClosedChannel,
            ChannelError.alreadyClosed:
            failure(.unreachable, "it closed the connection: no \(doing)", isRetryable: true)
        case let error as SMTPReplyReader.Malformed:
            failure(.refused, error.why, hint: "Is it a mail server that listens there?")
        case is SMTPConnection.Tampered:
            failure(
                .refused, "something answered in the clear in place of encrypting",
                hint: "Somebody between here and there may be reading or changing mail.")
        case let error as IOError:
            failure(
                .unreachable, "no connection: \(String(cString: strerror(error.errnoCode)))",
                isRetryable: true)
        case let error as NIOSSLError: failure(String(describing: error))
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            failure(
                .refused, "its certificate is for another name than the server's",
                hint: "Write the name that the certificate has as the host of `server`.")
        case let error as NIOSSLExtraError: failure(error.description)
        case let error as BoringSSLError: failure(String(describing: error))
        case _: failure(.unreachable, "the connection failed", isRetryable: true)
        }
    }

    /// The failure of encryption that words of the library tell.
    private func failure(_ words: String) -> PortFailure {
        if words.contains("CERTIFICATE_VERIFY_FAILED") || words.contains("unableToValidateCertificate") {
            return failure(
                .refused, "its certificate is not trusted",
                hint: "Name a file with the certificate of its authority as `ca_file`.")
        }
        if words.contains("WRONG_VERSION_NUMBER") {
            return failure(
                .refused, "it does not encrypt from the first byte",
                hint: "Write `smtp://`, which encrypts after a word, if it is meant.")
        }
        return failure(.unreachable, "no encrypted connection could be agreed on", isRetryable: true)
    }
}
