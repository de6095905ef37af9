import Batches
import Foundation
import Glibc

@testable import Accounts

enum Samples {
    static let now = Timestamp(milliseconds: 1_745_000_000_500)
    static let seconds: Int64 = 1_745_000_000

    static let user = User(
        id: 41, uuid: "0badcafe-0000-4000-8000-000000000041", email: "ines@costa.example", role: .reseller, firstName: "Ines",
        lastName: "Costa", reseller: "costa", tenant: "bibbi", createdAt: Timestamp(milliseconds: 1_700_000_000_000))

    static let key = TokenKey(bytes: Array("a key for tests, thirty-two bytes".utf8))
    static let tokens = Tokens(key: key)

    /// A token of this header and these claims, as somebody signs it who has `key`.
    static func token(
        header: String = #"{"alg":"HS256","typ":"JWT"}"#, claims: String, key: [UInt8] = Samples.key.bytes
    ) -> String {
        let message = Base64URL.text(of: header.utf8) + "." + Base64URL.text(of: claims.utf8)
        return message + "." + Base64URL.text(of: Signing.hmac(message.utf8, key: key))
    }

    /// The claims of `user` as the contract has them; `change` puts others in their place, or takes away what is nil.
    static func claims(_ change: [String: String?] = [:]) -> String {
        var members: [String: String] = [
            "user_id": "41", "email": #""ines@costa.example""#, "role": #""reseller""#, "company_id": "null", "company_type": "null",
            "iat": "\(seconds)", "exp": "\(seconds + 86_400)",
        ]
        for (name, value) in change { members[name] = value }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/accounts-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

/// What a piece of work has cost this thread, whatever else runs on the machine.
func processorTime(_ work: () throws -> Void) rethrows -> Duration {
    func now() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let began = now()
    try work()
    return now() - began
}

/// Another issuer: its public key, and a token that it has signed (by openssl) for ines@costa.example, an operator there.
enum OtherIssuer {
    static let pem = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk1DLMMfa8I/JLoV+yucW
        mHwt9Viqds36EkF+SuYy4cdrBFpSdyTdhw7s9QFBapz81tMFHrROR54oOmInYh+v
        XfYZWVIwtUQyd7buWjx9aqU2x1Ec20VwAvgZJedSAg1zBysykK/MtFglYw0JQkeM
        5SOkZ2/CDmwYHJigmMtsTrhCshsqiHAlw/cTlC/IAvIqPTtvcX7m4P15SxaQtgv6
        ufOC/tX9u+ddWL4Cn72HcA8HqK8A+j+XjwukvDvSGbSMCpGc3pPSX8nMIKfklxOS
        rjvH5Xe9fTj8mKzQ2bIcHJIrmwvPU5WZi8BSK7eSFZOaTUYuVcucCmdt4/o0GuLX
        EwIDAQAB
        -----END PUBLIC KEY-----
        """

    static let token =
        "eyJhbGciOiAiUlMyNTYiLCAidHlwIjogIkpXVCIsICJraWQiOiAiMSJ9.eyJ1c2VyX2lkIjogImFiYy05IiwgImVtYWlsIjogIkluZXNAQ29zdGEuZXhhbXB"
        + "sZSIsICJyb2xlIjogIk9wZXJhdG9yIiwgImNvbXBhbnlfaWQiOiBudWxsLCAiY29tcGFueV90eXBlIjogImJyYW5kIiwgImlhdCI6IDE3NDUwMDAwMDAsICJ"
        + "leHAiOiAxNzQ1MDg2NDAwfQ.IZan2b_W-wOGKxkvd3y-OisZUUhc0RIGxFJYj0tRk5HG7p4JDOyENp4Z-78Lk3J8zWQKMT1BPidqyhdDwzhqTo_XkxfZefum"
        + "MS4vfJuTus43vtQ6eTRRs0cei6BNOfgDPXcDSkIsgRG9s7NmV-ooAJ6jWC4X5NTMxtzCvOPjMBSUAAEsqSGZNsGz_dUBf88loWstPA5RlDuEeWJwK0kOh511"
        + "WwDi-oDVYb7OrEdvYjNmev9jUjlrSFka5H5zbm6BFHeIo9F_9suwesJ1F-hQgfzdp9O4eQAFNcpXJujbCWMgVouMR8SJ8P1x-3J3FpZB1FkDnDwrhxa0ZsNI"
        + "NRGsHg"
}

/// RFC 7515, A.1 and A.2.
enum RFC7515 {
    static let payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    static let hmacKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    static let hmacMessage = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload
    static let hmac = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let rsaMessage = "eyJhbGciOiJSUzI1NiJ9." + payload
    static let rsa =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKB"
        + "YNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6Bf"
        + "I7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    static let rsaKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJj
        NiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEz
        P1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo
        9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTB
        EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxX
        FvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp
        oQIDAQAB
        -----END PUBLIC KEY-----
        """
}
