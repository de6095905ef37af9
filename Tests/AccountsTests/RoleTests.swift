import Accounts
import Testing

@Suite struct RoleTests {
    @Test(arguments: ["super_admin", "SUPER_ADMIN", "Super_Admin"])
    func `a role is known in any case, and shown in lower case`(text: String) {
        #expect(Role(anyCase: text)?.rawValue == "super_admin")
    }
}
